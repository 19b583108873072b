package driver

// Events says that this system has event mode (epoll).
const Events = true
