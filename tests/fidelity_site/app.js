const second = SECOND;
async function attempt(work) { try { return await work() } catch (error) { return String(error) } }
const text = async (...given) => (await fetch(...given)).text();
async function main() {
  document.forms[0].submit();
  await attempt(() => text('/echo', {method: 'POST', body: JSON.stringify({name: 'قيمة'}), headers: {'Content-Type': 'application/json'}}));
  await attempt(() => text('/echo', {method: 'POST', body: new Blob([new Uint8Array([0, 255, 128, 10])])}));
  await attempt(() => text(second + '/across', {method: 'POST', body: '{}', headers: {'Content-Type': 'application/json', 'X-Own': '1'}}));
  await attempt(() => text(second + '/closed.txt'));
  await attempt(() => text('/again?once', {method: 'POST', body: 'kept'}));
  await attempt(() => text('/told.txt'));
  await attempt(() => text('/empty'));
  await attempt(() => text('/no-such-page'));
  await attempt(() => text('/head.txt', {method: 'HEAD'}));
  await attempt(() => text('/same.txt'));
  await attempt(() => text('/same.txt'));
  await attempt(() => text('/asked.txt', {headers: {'If-None-Match': '"one"'}, cache: 'no-store'}));
  await attempt(() => text('/clip.bin', {headers: {Range: 'bytes=10-99'}}));
  for (const name of ['gzip', 'br', 'deflate', 'zstd', 'identity', 'other']) await attempt(() => text('/coded-' + name));
  await attempt(() => text(second + '/chunked.txt'));
  await attempt(() => text(second + '/chunked-gzip.txt'));
  await attempt(async () => (await fetch('/large.bin')).arrayBuffer());
  navigator.sendBeacon('/beacon', 'وصلت');
  await new Promise(done => { const worker = new Worker('/worker.js'); worker.onmessage = done; worker.onerror = done; });
  await new Promise(done => { const socket = new WebSocket(location.origin.replace('https', 'wss') + '/socket'); socket.onmessage = () => { socket.close(); done() }; socket.onerror = done; });
  await attempt(async () => {
    await navigator.serviceWorker.register('/served/sw.js');
    const ready = (await navigator.serviceWorker.getRegistration('/served/'));
    const worker = ready.installing || ready.waiting || ready.active;
    if (worker.state !== 'activated') await new Promise(done => worker.onstatechange = () => worker.state === 'activated' && done());
    const frame = document.createElement('iframe');
    frame.src = '/served/inner.html';
    document.body.prepend(frame);
    await new Promise(done => window.onmessage = done);
  });
  document.title = 'done';
}
addEventListener('load', main);
