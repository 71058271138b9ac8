# A lost receipt is asked for by sending again, and given word for word.
nodes helmo.be uhasselt.be
settle
drop next receipt from uhasselt.be to helmo.be
helmo.be nominates A to uhasselt.be
run 1s
expect outbox 1 at helmo.be
settle within 5s
expect records_repeated 1 at uhasselt.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     2.035  helmo.be      . uhasselt.be is silent about 1 records: sent again
     2.040  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
     2.045  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
