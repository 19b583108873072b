//go:build linux

package protocols

import (
	"errors"
	"fmt"
	"os/exec"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func mqttRows() []row {
	m := maker(mosquittoSite)
	return []row{{"MQTT", []string{"mqtt"}, "Mosquitto", []string{"/usr/sbin/mosquitto", "mosquitto_passwd"}, false, []try{
		{"publish, subscribe and cancellation", m.publish}, {"wrong password", m.wrongMQTT},
		{"server gone half-way", m.brokerGone},
	}}}
}

// mqttLogin: before 7.82.0 libcurl had no user name for MQTT.
func mqttLogin(t *testing.T) bool {
	v, err := curl.Version()
	if err != nil {
		t.Fatal(err)
	}
	return v.Num >= 0x075200
}

func mosquittoSite(t *testing.T) *site {
	p := newPeer(t)
	passwords := p.file("passwords", "")
	if out, err := exec.Command("mosquitto_passwd", "-b", passwords, user, password).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	address := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	config := fmt.Sprintf("listener %s 127.0.0.1\nuser root\npassword_file %s\nallow_anonymous %v\n",
		address[len("127.0.0.1:"):], passwords, !mqttLogin(t))
	p.daemon(address, "/usr/sbin/mosquitto", "-c", p.file("mosquitto.conf", config))
	s := &site{peer: p, wrong: []opt.Option{opt.UserPassword(user + ":guess")},
		url: func(name string) string { return "mqtt://" + address + "/" + name }}
	if mqttLogin(t) {
		s.options = []opt.Option{opt.UserPassword(user + ":" + password)}
	}
	return s
}

// subscribed begins a subscription and publishes until it is there. A subscription has no end of its own.
func (s *site) subscribed(content string) (sub *curl.Easy, ended <-chan error) {
	s.t.Helper()
	arrived, result := make(chan string, 1000), make(chan error, 1)
	sub = s.handle("a/topic", opt.WriteFunction(func(p []byte) error { arrived <- string(p); return nil }))
	ctx := patient(s.t)
	go func() { result <- sub.Perform(ctx) }()
	pub := s.handle("a/topic", opt.PostFields([]byte(content)))
	for {
		if err := pub.Perform(ctx); err != nil {
			s.t.Fatal(err)
		}
		select {
		case got := <-arrived:
			if got != "\x00\x07a/topic"+content { // libcurl hands over the message with its topic
				s.t.Errorf("%q arrived", got)
			}
			return sub, result
		case err := <-result:
			s.t.Fatalf("the subscription ends with %v", err)
		default:
		}
	}
}

func (m maker) publish(t *testing.T) {
	s := m(t)
	sub, ended := s.subscribed("a message")
	if err := sub.Cancel(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !errors.Is(err, curl.ErrCancelled) {
		t.Errorf("%v", err)
	}
}

func (m maker) wrongMQTT(t *testing.T) {
	if !mqttLogin(t) {
		t.Log("this libcurl has no user name for MQTT: it came with 7.82.0")
		return
	}
	s := m(t)
	err := handle(t, append(s.wrong, opt.URL(s.url("a/topic")), opt.PostFields([]byte("x")))...).Perform(patient(t))
	if !errors.Is(err, codes.WeirdServerReply) && !errors.Is(err, codes.LoginDenied) {
		t.Errorf("%v", err)
	}
}

func (m maker) brokerGone(t *testing.T) {
	s := m(t)
	_, ended := s.subscribed("a message")
	s.gone()
	var e *curl.Error
	if err := <-ended; !errors.As(err, &e) || e.Timeout() {
		t.Errorf("%v", err)
	}
}
