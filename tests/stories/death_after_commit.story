# The receiver dies between its commit and the receipt: the stored one is given again.
nodes helmo.be uhasselt.be
settle
uhasselt.be dies after committing deliver
helmo.be nominates A to uhasselt.be
run 1s
expect outbox 1 at helmo.be
at 5s uhasselt.be starts
settle
expect records_taken 0 at uhasselt.be
expect A pending at both
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
     4.025  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
     5.010  uhasselt.be   . session to node.helmo.be opened
     5.015  helmo.be      . session from node.uhasselt.be is live
     5.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     5.025  helmo.be      . session to node.uhasselt.be opened
     5.030  uhasselt.be   . session from node.helmo.be is live
     5.040  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
     5.045  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
