// Preloaded into processes of the platform: they end when the platform does,
// even when it is killed and cannot tell them.
process.on('disconnect', () => process.exit(1));
process.channel?.unref();
