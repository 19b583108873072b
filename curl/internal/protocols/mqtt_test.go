package protocols

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestMQTT(t *testing.T) {
	t.Parallel()
	bin := need(t, "mosquitto", "mosquitto_passwd")
	needRoot(t)
	dir, port := openDir(t), freePorts(t, 1)[0]
	login := version(t).Num >= 0x075200 // before 7.82.0 libcurl had no user name for MQTT
	run(t, exec.Command(bin[1], "-c", "-b", dir+"/passwords", "user", "secret"))
	conf := write(t, dir, "conf", "listener "+strconv.Itoa(port)+" 127.0.0.1", "user root", "password_file "+dir+"/passwords",
		fmt.Sprintf("allow_anonymous %v", !login))
	p := daemon(t, exec.Command(bin[0], "-c", conf), port)
	options := []opt.Option{opt.URL("mqtt://" + address(port) + "/a/topic")}
	wrong := with(options, opt.UserPassword("user:wrong"))
	if login {
		options = with(options, opt.UserPassword("user:secret"))
	}
	try(t, "mqtt", "Mosquitto", "publish, subscribe, cancellation", func(t *testing.T) {
		sub, ended := subscribe(t, options)
		if err := sub.Cancel(); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; !errors.Is(err, curl.ErrCancelled) {
			t.Errorf("the error is %v", err)
		}
	})
	try(t, "mqtt", "Mosquitto", "wrong password", func(t *testing.T) {
		if !login {
			t.Skip("this libcurl has no user name for MQTT")
		}
		fails(t, handle(t, with(wrong, opt.PostFields([]byte("x")))...), codes.WeirdServerReply, codes.LoginDenied)
	})
	try(t, "mqtt", "Mosquitto", "server gone half-way", func(t *testing.T) {
		_, ended := subscribe(t, options)
		p.kill()
		var e *curl.Error
		err := <-ended
		if err == nil && !login {
			return // 7.74.0 takes it for the end of the subscription
		}
		if !errors.As(err, &e) || errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the error is %v", err)
		}
	})
}

// subscribe begins a subscription, which has no end of its own, and publishes until it is there.
func subscribe(t *testing.T, options []opt.Option) (sub *curl.Easy, ended <-chan error) {
	t.Helper()
	arrived, result := make(chan string, 1000), make(chan error, 1)
	sub = handle(t, with(options, opt.WriteFunction(func(p []byte) error { arrived <- string(p); return nil }))...)
	ctx := bounded(t)
	go func() { result <- sub.Perform(ctx) }()
	pub := handle(t, with(options, opt.PostFields([]byte("a message")))...)
	for {
		if err := pub.Perform(ctx); err != nil {
			t.Fatal(err)
		}
		select {
		case got := <-arrived:
			if got != "\x00\x07a/topica message" { // libcurl hands the topic over, too
				t.Errorf("%q arrived", got)
			}
			return sub, result
		case err := <-result:
			t.Fatalf("the subscription ends with %v", err)
		default:
		}
	}
}
