# A seal whose signature does not hold: nothing under it is held, the others arrive.
nodes helmo.be uhasselt.be
settle
uhasselt.be stops
helmo.be nominates S1..S3 to uhasselt.be
helmo.be crafts X forged to uhasselt.be
helmo.be nominates S4..S6 to uhasselt.be
uhasselt.be starts
settle
expect stuck 1 at helmo.be
expect S1..S6 pending at both
expect records 6 at uhasselt.be
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1..S3: 3 kept, 0 wait for the guard
     0.025  helmo.be      > S4..S6: 0 kept, 3 wait for the guard
     0.035  uhasselt.be   . session to node.helmo.be opened
     0.040  helmo.be      . session from node.uhasselt.be is live
     0.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
     1.025  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
     1.241  helmo.be      . session to node.uhasselt.be opened
     1.246  uhasselt.be   . session from node.helmo.be is live
     1.261  helmo.be        uhasselt.be: write guard lifted, both hold the same
     1.266  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
     1.266  uhasselt.be   ! helmo.be sent records that do not hold: a signature or digest does not hold
     1.266  uhasselt.be   . records from helmo.be: 3 new, 0 repeated
     1.271  helmo.be      ! uhasselt.be could not take records of ours: a signature or digest does not hold
     1.271  helmo.be      . receipt from uhasselt.be: 6 delivered, 0 known
