# The partner's machine lost the connection and nobody told us: silence is noticed, and the next
# session begins on a new one.
nodes helmo.be uhasselt.be
settle
half-open from helmo.be to uhasselt.be
helmo.be nominates A to uhasselt.be
run 1s
expect A pending at helmo.be
expect records 0 at uhasselt.be
settle within 20s
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
     4.266  helmo.be      . session to node.uhasselt.be opened
     4.271  uhasselt.be   . session from node.helmo.be is live
     4.291  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     4.296  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
