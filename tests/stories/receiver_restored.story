# A receiver restored from an old backup gets again what it had receipted, by its signed word.
nodes helmo.be uhasselt.be
settle
helmo.be nominates S1..S3 to uhasselt.be
settle
uhasselt.be backs up
helmo.be nominates S4..S9 to uhasselt.be
settle
uhasselt.be accepts S1..S9
settle
uhasselt.be restores
settle
expect S1..S9 accepted at both
expect same
--
