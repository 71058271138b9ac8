# A clock is set back by a day while records are on their way.
nodes helmo.be uhasselt.be
settle
drop next deliver from helmo.be to uhasselt.be
helmo.be nominates A to uhasselt.be
run 100ms
helmo.be clock -1d
settle within 10s
uhasselt.be stops
run 1m
helmo.be clock -2d
uhasselt.be clock -3d
uhasselt.be starts
helmo.be nominates B to uhasselt.be
settle within 10s
expect same
--
