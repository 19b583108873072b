package curl_test

import (
	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

func init() {
	stressCalls = append(stressCalls,
		stressCall{name: "attach", op: state.Attach, make: func(p *player, h *stressHandle) error {
			h.shared.Store(true)
			return p.w.engine(p).Attach(h.Easy, []curl.Attaching{0, curl.OnSpot}[p.rnd.IntN(2)])
		}},
		stressCall{name: "detach", op: state.Detach, make: func(p *player, h *stressHandle) error { return p.w.engine(p).Detach(h.Easy) }},
		stressCall{name: "close engine", op: state.Attach, seldom: 20, apart: true, make: func(p *player, h *stressHandle) error {
			ctx, cancel := p.soon()
			defer cancel()
			return p.w.oldEngine(p).Close(ctx)
		}},
		stressCall{name: "share", op: state.Attach, make: func(p *player, h *stressHandle) error {
			h.shared.Store(true)
			return p.w.share(p).Attach(h.Easy)
		}},
		stressCall{name: "unshare", op: state.Detach, make: func(p *player, h *stressHandle) error { return p.w.share(p).Detach(h.Easy) }},
		stressCall{name: "close share", op: state.CloseShare, seldom: 4, apart: true, make: func(p *player, h *stressHandle) error {
			return p.w.oldShare(p).Close()
		}},
	)
}
