importScripts('/imported.js');
fetch('/from-worker.txt').then(a => a.text()).then(() => postMessage('done'));
