document.addEventListener('deviceready', async () => {
  await startPinning()
})
