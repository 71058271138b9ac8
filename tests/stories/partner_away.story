# A thousand records wait for a partner; all arrive, in order, within five seconds of its return.
nodes helmo.be uhasselt.be
settle
uhasselt.be stops
helmo.be nominates S1..S500 to uhasselt.be
helmo.be amends S1..S500 email
run 1h
expect outbox 1000 at helmo.be
uhasselt.be starts
settle within 5s
expect outbox 0 at helmo.be
expect records 1000 at uhasselt.be
expect order at uhasselt.be
expect S1..S500 pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1..S500: 500 kept, 0 wait for the guard (2 times)
     2.025  helmo.be      . uhasselt.be is silent about 1000 records: sent again
     4.025  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
  3600.035  uhasselt.be   . session to node.helmo.be opened
  3600.040  helmo.be      . session from node.uhasselt.be is live
  3600.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
  3600.050  helmo.be      . session to node.uhasselt.be opened
  3600.055  uhasselt.be   . session from node.helmo.be is live
  3600.075  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (512 times)
  3600.076  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (488 times)
  3600.080  helmo.be      . receipt from uhasselt.be: 64 delivered, 0 known (8 times)
  3600.081  helmo.be      . receipt from uhasselt.be: 64 delivered, 0 known (7 times)
  3600.081  helmo.be      . receipt from uhasselt.be: 40 delivered, 0 known
