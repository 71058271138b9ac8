# A frame of a session that is over never counts, but the receipt in it, given again, does.
nodes helmo.be uhasselt.be
settle
keep next receipt from uhasselt.be to helmo.be
drop every receipt from uhasselt.be to helmo.be
helmo.be nominates A to uhasselt.be
run 1s
uhasselt.be stops
run 10s
uhasselt.be starts
run 1s
replay
run 1s
expect outbox 1 at helmo.be
drop nothing
settle within 10s
expect receipts_given 0 at uhasselt.be
expect same
--
