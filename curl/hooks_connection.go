package curl

import (
	"unsafe"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func hookSockOpt(key uintptr, fd int, purpose int) (ret int) {
	ret = capi.SockOptError
	h := listener(key)
	if h == nil {
		return capi.SockOptOK
	}
	h.resolved()
	if h.easy.fn.sockopt == nil {
		h.offerTurn()
		return capi.SockOptOK
	}
	f := h.easy.fn.sockopt
	in := inside{h: h}
	if !in.enter() {
		return ret
	}
	defer in.leave()
	connected, err := f(uintptr(fd), opt.SocketPurpose(purpose))
	switch {
	case !in.done(err):
		return ret
	case connected:
		return capi.SockOptConnected
	}
	return capi.SockOptOK
}

func hookOpenSocket(key uintptr, purpose int, address unsafe.Pointer) (ret int) {
	ret = capi.BadSocket
	h := listener(key)
	if h == nil {
		return ret
	}
	h.resolved()
	if h.easy.fn.open == nil {
		return ret
	}
	f := h.easy.fn.open
	in := inside{h: h}
	if !in.enter() {
		return ret
	}
	defer in.leave()
	a := decodeAddress(capi.DecodeSockAddr(address))
	fd, err := f(opt.SocketPurpose(purpose), &a)
	if err == nil {
		err = encodeAddress(address, a)
	}
	if in.done(err) {
		return int(fd)
	}
	return ret
}

// hookCloseSocket may come when the handle that opened the socket is gone, or is being reaped: then the socket is
// closed all the same. After a failure of another callback it is called like before it: the socket may be one that the
// user's function opened, and only the user's function knows what else refers to it.
func hookCloseSocket(key uintptr, fd int) (ret int) {
	ret = 1
	h := listener(key)
	if h == nil || h.easy.fn.close == nil {
		return closeSocket(fd)
	}
	f := h.easy.fn.close
	in := inside{h: h}
	in.begin()
	defer in.leave()
	if in.done(f(uintptr(fd))) {
		return 0
	}
	return ret
}

func hookPrereq(key uintptr, remote, local unsafe.Pointer, remotePort, localPort int) int {
	h := listener(key)
	if h == nil || h.easy.fn.prereq == nil {
		return capi.PrereqOK
	}
	f := h.easy.fn.prereq
	p := opt.PrereqInfo{RemoteIP: capi.Text(remote), LocalIP: capi.Text(local), RemotePort: remotePort, LocalPort: localPort}
	if watch(h, func() error { return f(p) }) != 0 {
		return capi.PrereqAbort
	}
	return capi.PrereqOK
}

func hookSSLContext(key uintptr, ctx unsafe.Pointer) int {
	h := listener(key)
	if h == nil || h.easy.fn.sslCtx == nil {
		return 0
	}
	f := h.easy.fn.sslCtx
	if watch(h, func() error { return f(opt.SSLContext{Kind: sslContextKind(), Pointer: uintptr(ctx)}) }) != 0 {
		return capi.SSLContextAbort
	}
	return 0
}

func hookSSHKey(key uintptr, known, found unsafe.Pointer, match int) (ret int) {
	ret = capi.SSHKeyReject
	h := listener(key)
	if h == nil || h.easy.fn.sshKey == nil {
		return ret
	}
	f := h.easy.fn.sshKey
	in := inside{h: h}
	if !in.enter() {
		return ret
	}
	defer in.leave()
	action, err := f(sshKey(known), sshKey(found), opt.SSHKeyMatch(match))
	if in.done(err) {
		return int(action)
	}
	return ret
}

func sshKey(p unsafe.Pointer) opt.SSHKey {
	key, kind := capi.DecodeKey(p)
	return opt.SSHKey{Key: key, Type: opt.SSHKeyType(kind)}
}

func hookSSHHostKey(key uintptr, kind int, p unsafe.Pointer, n uintptr) int {
	h := listener(key)
	if h == nil || h.easy.fn.sshHostKey == nil {
		return 1
	}
	f := h.easy.fn.sshHostKey
	return watch(h, func() error { return f(opt.SSHKeyType(kind), unsafe.Slice((*byte)(p), n)) })
}
