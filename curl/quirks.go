package curl

import (
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// What single libcurl releases do differently from their manual is listed in quirks_table.go. This file has what is done
// about it in places of its own.

// unsetProtocols: 7.85.0 to 7.88.1 (and perhaps later 7.x and 8.x before 8.14.1) refuse NULL for the two lists of
// protocol names; the older options with bits carry the same setting and its default.
func unsetProtocols(c capi.Cell, b *capi.Batch, id opt.ID) (code int) {
	switch id {
	case opt.IDAllowedProtocols:
		b.Long(int32(opt.IDAllowedProtocolBits), -1)
	case opt.IDRedirectProtocols:
		b.Long(int32(opt.IDRedirectProtocolBits), 15) // HTTP, HTTPS, FTP, FTPS: the default since 7.65.2
	default:
		return int(codes.BadFunctionArgument)
	}
	_, code = c.Apply(b, true)
	return code
}

// builtInCAs is where libcurl was built to look for certificates. 8.14.1 and older set it once, when a handle is made,
// and verify against nothing after a NULL; 8.21.0 and 8.22.0 look it up for each
// connection that has nothing else; 8.23.0 takes a NULL for the wish to have none.
func builtInCAs(id opt.ID) string {
	if path := foundCAs.path(id); path != "" {
		return path
	}
	v, err := Version()
	switch {
	case err != nil || v.Num >= 0x081500 && v.Num < 0x081700:
		return ""
	case id == opt.IDCAInfo, id == opt.IDProxyCAInfo:
		return v.CAInfo
	case id == opt.IDCAPath, id == opt.IDProxyCAPath:
		return v.CAPath
	}
	return ""
}

// brokenEvents says whether curl_multi_socket_action misbehaves in this release, so that polling is used instead.
func brokenEvents(version uint32) bool { return quirkEvents.has(version) }

// ownErrno says whether libcurl's error number is about the transfer that ended with this code. Before 8.8.0 it stays
// from transfer to transfer, so it counts only where a socket failed now.
func ownErrno(code codes.Easy) bool {
	switch code {
	case codes.CouldntConnect, codes.SendError, codes.RecvError:
		return true
	}
	return !quirkErrno.here()
}

// mayLackDescriptors says whether libcurl ends a transfer with this code when it gets no descriptor: for a socket, its
// resolver or a file. No release so far gives the error number then.
func mayLackDescriptors(code codes.Easy) bool {
	switch code {
	case codes.CouldntConnect, codes.CouldntResolveHost, codes.CouldntResolveProxy, codes.FileCouldntReadFile,
		codes.OutOfMemory, codes.FailedInit:
		return true
	}
	return false
}

const (
	quickExitEasy  = 0x075700 // 7.87.0: removing a resolving handle does not wait for its resolver thread
	poolsLookups   = 0x081400 // 8.20.0: a multi handle has at most so many threads that resolve names
	quickExitMulti = 0x081400 // 8.20.0: ending a multi handle does not wait for its resolver pool
)

// losesSessions: before 8.12.0 the TLS sessions that a handle has of its own are lost, never to be freed, when it is
// attached to a share that holds some.
func losesSessions() bool { return quirkSessions.here() }

// trailersAgain: from 7.64.0 up to 8.6.0 libcurl never forgets how far it was with the trailers of a request, not even in
// a reset. Another chunked upload on the handle then writes in front of its buffer, or never ends.
const trailersAgain = 0x080700

func trailersOnce() bool { return quirkTrailers.here() }

// wholeMessages is the first release that a WebSocket can be made of. Before 8.14.0 there is no CURLWS_NOAUTOPONG: a ping that
// comes while a frame is half sent has libcurl fail to receive, as 8.14.1 does without it. And 7.88.1 and others do not look at the bit that tells the fragments of a message apart.
const wholeMessages = 0x080e00
