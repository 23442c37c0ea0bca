import { connect } from './connection.js';

describe('the EventStoreDB URL', () => {
  it('gives the credentials for each append, decoded', () => {
    const { credentials } = connect('esdb+discover://ops:p%40ss%2Fword@node1:2113,node2:2113?tls=true');
    expect(credentials).toEqual({ username: 'ops', password: 'p@ss/word' });
  });

  it('never leaves an append without credentials where there is no TLS', () => {
    expect(connect('esdb://127.0.0.1:2113?tls=false').credentials).toBeDefined();
  });

  it('chooses how histories are read', () => {
    expect(connect('esdb://localhost?tls=false').correlation).toBe('index');
    expect(connect('esdb://localhost?correlation=scan&tls=false').correlation).toBe('scan');
    expect(() => connect('esdb://localhost?correlation=guess')).toThrow(RangeError);
  });

  it('is not repeated in a fault: it holds a password', () => {
    const fault = (): unknown => connect('esdb://ops:secret@host:port');
    expect(fault).toThrow(RangeError);
    expect(fault).toThrow(expect.objectContaining({ message: expect.not.stringContaining('secret@') }));
  });
});
