# A lost Notice is given again when the record comes again.
nodes helmo.be uhasselt.be
settle
drop next notice from uhasselt.be to helmo.be
helmo.be crafts X malformed to uhasselt.be
settle within 10s
expect stuck 1 at helmo.be
helmo.be nominates A to uhasselt.be
settle within 1s
expect A pending at both
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.035  helmo.be      . session to node.uhasselt.be opened
     0.040  uhasselt.be   . session from node.helmo.be is live
     0.050  uhasselt.be   . session to node.helmo.be opened
     0.055  helmo.be      . session from node.uhasselt.be is live
     0.055  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.060  uhasselt.be   ! helmo.be sent records that do not hold: not a well-formed message
     2.065  helmo.be      . uhasselt.be is silent about 1 records: sent again
     2.070  uhasselt.be   ! helmo.be sent records that do not hold: not a well-formed message
     2.075  helmo.be      ! uhasselt.be could not take records of ours: not a well-formed message
     2.075  helmo.be      > A: kept
     2.080  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     2.085  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
