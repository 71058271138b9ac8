# Half of a frame arrives and its connection dies with all that was on it: refused, and sent again.
nodes helmo.be uhasselt.be
settle
break next deliver from helmo.be to uhasselt.be
helmo.be nominates A to uhasselt.be
run 1s
expect frames_refused 1 at uhasselt.be
expect records 0 at uhasselt.be
settle within 10s
expect A pending at both
expect records_taken 1 at uhasselt.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     2.025  helmo.be      . uhasselt.be is silent about 1 records: sent again
     2.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     2.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
