# A third of all frames is lost, in both directions.
nodes helmo.be uhasselt.be
seed 3
network loss 30%
settle
helmo.be nominates S1..S20 to uhasselt.be
settle
uhasselt.be accepts S1..S20
settle
expect S1..S20 accepted at both
expect order at uhasselt.be
expect same
--
