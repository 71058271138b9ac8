# A slow line delays, and loses nothing.
nodes helmo.be uhasselt.be
network delay 800ms jitter 400ms
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be accepts A
helmo.be nominates B to uhasselt.be
settle
expect A accepted at both
expect B pending at both
expect same
--
