package capi

// multiClose is the runtime's side of close-socket callbacks of connections in a multi handle: the key of the Multi, the
// id of the Closer, the socket.
var multiClose func(key uintptr, id uint64, fd int) int

// RegisterMultiClose installs it. It is called once, while the runtime's package is initialised.
func RegisterMultiClose(f func(key uintptr, id uint64, fd int) int) { multiClose = f }
