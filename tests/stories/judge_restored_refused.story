# A refusal that was written before a restore comes back, and is not written a second time.
nodes helmo.be uhasselt.be
settle
uhasselt.be backs up
helmo.be crafts A contradicting to uhasselt.be
settle
expect A void at both
uhasselt.be restores
settle
expect A void at both
expect A records 2 at uhasselt.be
expect same
--
