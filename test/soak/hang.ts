// Hangs a running daemon as a bug would: its event loop turns for ever. Its inspector is opened by SIGUSR1 first.
// Usage: node test/soak/hang.ts PORT
const [port = '9229'] = process.argv.slice(2);
const answer: unknown = await (await fetch(`http://127.0.0.1:${port}/json`)).json();
const first: unknown = Array.isArray(answer) ? answer[0] : null;
if (typeof first !== 'object' || first === null || !('webSocketDebuggerUrl' in first)) throw new Error('no inspector');
const socket = new WebSocket(String(first.webSocketDebuggerUrl));
socket.onopen = () => {
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression: 'for (;;) {}' } }));
  setTimeout(() => process.exit(0), 200);
};
