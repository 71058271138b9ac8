# A submission waits for a record that is missing in its own lane, however long, and then has its turn.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
helmo.be crafts A ahead
helmo.be withdraws A
run 1h
expect ready 1 at helmo.be
helmo.be sends what it withheld
settle within 10m
expect A withdrawn at both
expect ready 0 at helmo.be
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
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.035  helmo.be      > A: kept, waits for the guard
     0.045  helmo.be      . session to node.uhasselt.be opened
     0.050  uhasselt.be   . session from node.helmo.be is live
     0.060  uhasselt.be   . session to node.helmo.be opened
     0.065  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.065  helmo.be      . session from node.uhasselt.be is live
     0.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.075  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3600.045  helmo.be      . session to node.uhasselt.be opened
  3600.050  uhasselt.be   . session from node.helmo.be is live
  3600.060  uhasselt.be   . session to node.helmo.be opened
  3600.065  helmo.be        uhasselt.be: write guard lifted, both hold the same
  3600.065  helmo.be      . session from node.uhasselt.be is live
  3600.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
  3600.075  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
