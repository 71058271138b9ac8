# What was under way on a connection that breaks is lost with it, and sent again.
nodes helmo.be uhasselt.be
network delay 50ms
settle
break next ping from helmo.be to uhasselt.be
helmo.be nominates A to uhasselt.be
helmo.be pings uhasselt.be
run 1s
expect records 0 at uhasselt.be
settle within 10s
expect A pending at both
expect records_taken 1 at uhasselt.be
expect invariants
--
     0.100  helmo.be      . session to node.uhasselt.be opened
     0.100  uhasselt.be   . session to node.helmo.be opened
     0.150  helmo.be      . session from node.uhasselt.be is live
     0.150  uhasselt.be   . session from node.helmo.be is live
     0.200  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.200  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.250  helmo.be      > A: kept
     2.250  helmo.be      . uhasselt.be is silent about 1 records: sent again
     2.300  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     2.350  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
