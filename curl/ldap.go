package curl

// guardSockets has C see to it that the sockets of an LDAP transfer are closed once: libcurl and its LDAP library both do
// that, and in between another goroutine may have been given the number. The caller holds mu.
func (h *handle) guardSockets() {
	scheme := h.proxy.schemeInUse()
	if ldap := scheme == "ldap" || scheme == "ldaps"; ldap != h.cell.LDAP() {
		h.cell.SetLDAP(ldap)
	}
}
