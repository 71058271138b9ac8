# A node restored from an old backup asks its own records back, before it signs anything new.
nodes helmo.be uhasselt.be
settle
helmo.be nominates S1..S3 to uhasselt.be
settle
helmo.be backs up
helmo.be nominates S4..S9 to uhasselt.be
helmo.be amends S1 email
settle
uhasselt.be accepts S1..S9
settle
helmo.be restores
settle
helmo.be amends S5 field
settle
expect S4 accepted at both
expect S5 reopened at both
expect same
--
