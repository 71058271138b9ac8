# What was judged and accepted before a restore is never judged again.
nodes helmo.be uhasselt.be
settle
uhasselt.be backs up
helmo.be nominates A to uhasselt.be
settle
uhasselt.be accepts A
settle
uhasselt.be restores
settle
expect A accepted at both
expect records_refused 0 at uhasselt.be
expect same
--
