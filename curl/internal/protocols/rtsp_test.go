//go:build linux

package protocols

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func rtspRows() []row {
	return []row{{"RTSP", []string{"rtsp"}, "RTSP::Server of Perl", []string{"rtsp-server-perl"}, false, []try{
		{"announce and describe", rtspDescribe}, {"setup and play", rtspPlay}, {"no such stream", rtspMissing},
		{"cancellation", rtspCancelled}, {"server gone", rtspGone},
	}}}
}

const sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=a stream\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 0 RTP/AVP 0\r\na=control:streamid=0\r\n"

// rtspSite has a stream that a client of ours has announced, and is about to send. That client's connection is the
// stream's life.
func rtspSite(t *testing.T) *site {
	p, in, out := newPeer(t), freePort(t), freePort(t)
	source := fmt.Sprintf("127.0.0.1:%d", in)
	program, err := exec.LookPath("rtsp-server-perl")
	if err != nil {
		t.Fatal(err)
	}
	rtp := fmt.Sprint(freePort(t)) // it forgets its option when it has nothing to do, and goes back to the variable
	p.daemon(source, "perl", "-MRTSP::Server", "-e", `$RTSP::Server::RTP_START_PORT = shift; do shift`, rtp, program, "--rtp_start_port", rtp,
		"--source_listen_address", "127.0.0.1", "--client_listen_address", "127.0.0.1", "--serverport", fmt.Sprint(in), "--clientport", fmt.Sprint(out))
	p.answers(fmt.Sprintf("127.0.0.1:%d", out))
	s := &site{peer: p, url: func(name string) string { return fmt.Sprintf("rtsp://127.0.0.1:%d/%s", out, name) }}
	url := "rtsp://" + source + "/stream"
	h := handle(t, opt.URL(url), opt.RTSPStreamURI(url))
	s.rtsp(h, 200, opt.RTSPRequest(opt.RTSPAnnounce), opt.PostFields([]byte(sdp)))
	s.rtsp(h, 200, opt.RTSPRequest(opt.RTSPSetup), opt.RTSPStreamURI(url+"/streamid=0"), opt.RTSPTransport("RTP/AVP/UDP;unicast;client_port=9000-9001;mode=record"))
	s.rtsp(h, 200, opt.RTSPRequest(opt.RTSPRecord), opt.RTSPStreamURI(url))
	return s
}

// rtsp sends a request and returns the body of the answer, which has to have the status.
func (s *site) rtsp(h *curl.Easy, status int, options ...opt.Option) string {
	s.t.Helper()
	if err := h.Set(options...); err != nil {
		s.t.Fatal(err)
	}
	body, err := h.Fetch(patient(s.t))
	if err != nil {
		s.t.Fatal(err)
	}
	if got, err := curl.Info(h, info.ResponseCode); err != nil || got != status {
		s.t.Fatalf("status %d, want %d; %v", got, status, err)
	}
	return string(body)
}

func (s *site) client(name string) *curl.Easy {
	return s.handle(name, opt.RTSPStreamURI(s.url(name)))
}

func rtspDescribe(t *testing.T) {
	s := rtspSite(t)
	h := s.client("stream")
	s.rtsp(h, 200, opt.RTSPRequest(opt.RTSPOptions))
	if can, err := h.Header("Public", curl.FromHeader); err == nil && !strings.Contains(can.Value, "DESCRIBE") {
		t.Errorf("the server can %q", can.Value)
	}
	if got := s.rtsp(h, 200, opt.RTSPRequest(opt.RTSPDescribe)); got != sdp {
		t.Errorf("the description is %q", got)
	}
}

func rtspPlay(t *testing.T) {
	s := rtspSite(t)
	h := s.client("stream")
	s.rtsp(h, 200, opt.RTSPRequest(opt.RTSPSetup), opt.RTSPStreamURI(s.url("stream/streamid=0")), opt.RTSPTransport("RTP/AVP/UDP;unicast;client_port=9002-9003"))
	if id, err := curl.Info(h, info.RTSPSessionID); err != nil || id == "" {
		t.Errorf("the session is %q, %v", id, err)
	}
	s.rtsp(h, 200, opt.RTSPRequest(opt.RTSPPlay), opt.RTSPStreamURI(s.url("stream")))
}

func rtspMissing(t *testing.T) {
	s := rtspSite(t)
	s.rtsp(s.client("none"), 404, opt.RTSPRequest(opt.RTSPDescribe))
}

func rtspCancelled(t *testing.T) {
	s := rtspSite(t)
	s.cancelledInside("stream", opt.RTSPStreamURI(s.url("stream")), opt.RTSPRequest(opt.RTSPDescribe))
}

func rtspGone(t *testing.T) {
	s := rtspSite(t)
	h := s.client("stream")
	s.rtsp(h, 200, opt.RTSPRequest(opt.RTSPOptions))
	s.gone()
	var e *curl.Error
	if err := h.Perform(patient(t)); !errors.As(err, &e) || e.Timeout() {
		t.Errorf("%v", err)
	}
}
