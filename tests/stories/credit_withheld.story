# An armed node gives no credit: its partner's records wait, and go when the guard is lifted.
nodes helmo.be uhasselt.be
settle
uhasselt.be stops
drop every opening from uhasselt.be to helmo.be
uhasselt.be starts
run 5s
expect armed 1 at uhasselt.be
expect armed 0 at helmo.be
helmo.be nominates A to uhasselt.be
run 20s
expect outbox 1 at helmo.be
expect records 0 at uhasselt.be
drop nothing
settle
expect armed 0 at uhasselt.be
expect A pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     1.025  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
     5.025  helmo.be      > A: kept
     7.025  helmo.be      . uhasselt.be is silent about 1 records: sent again
     8.025  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
     8.228  helmo.be      . session to node.uhasselt.be opened
     8.233  uhasselt.be   . session from node.helmo.be is live
    16.233  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
    24.323  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
    32.403  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
    32.493  uhasselt.be   . session to node.helmo.be opened
    32.498  helmo.be      . session from node.uhasselt.be is live
    32.503  uhasselt.be     helmo.be: write guard lifted, both hold the same
    32.513  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    32.518  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
