addEventListener('install', event => event.waitUntil(caches.open('one').then(cache => cache.add('/served/kept.txt')).then(() => skipWaiting())));
addEventListener('fetch', event => event.respondWith(caches.match(event.request).then(kept => kept || fetch(event.request))));
