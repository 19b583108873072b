package curl

import "strings"

// guardSockets has C look at each socket of the next transfer, for what other protocols than HTTP need. Those of LDAP are to
// be closed once: libcurl and its LDAP library both do that, and in between another goroutine may have been given the number.
// The caller holds mu.
func (h *handle) guardSockets() {
	h.cell.Stay()
	if ldap := h.proxy.ldap(); ldap != h.cell.LDAP() {
		h.cell.SetLDAP(ldap)
	}
}

// ldap says whether libcurl is going to use the protocol. It takes "ldap:/host" as well.
func (p *proxySetting) ldap() bool {
	scheme := p.schemeInUse()
	if p.scheme == "" {
		if before, _, found := strings.Cut(p.url, ":/"); found {
			scheme = strings.ToLower(before)
		}
	}
	return scheme == "ldap" || scheme == "ldaps"
}
