# Both nodes dial at the same instant: two sessions, one for each direction.
nodes helmo.be uhasselt.be
settle
cut helmo.be uhasselt.be
helmo.be stops
uhasselt.be stops
mend helmo.be uhasselt.be
at 20s helmo.be starts
at 20s uhasselt.be starts
at 20s helmo.be nominates A to uhasselt.be
at 20s uhasselt.be nominates B to helmo.be
settle within 1s
expect sessions 1 at helmo.be
expect sessions 1 at uhasselt.be
expect same
--
