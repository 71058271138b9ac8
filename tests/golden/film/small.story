# What each drawing can show, in a few lines: a death, a backup put back, a cut, a refusal.
nodes helmo.be uhasselt.be
settle
helmo.be nominates S1..S2 to uhasselt.be
uhasselt.be dies after committing deliver
run 20ms
uhasselt.be starts
settle within 10s
helmo.be backs up
uhasselt.be accepts S1
settle
cut helmo.be uhasselt.be
helmo.be amends S2 email
run 100ms
mend helmo.be uhasselt.be
helmo.be restores
uhasselt.be clock +1m
settle within 10s
expect S1..S2 accepted at both
