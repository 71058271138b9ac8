# A machine that was rolled back and reaches nobody writes nothing that could contradict what it
# said before: it waits, and goes on behind its own last record.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
helmo.be backs up as before
helmo.be amends A email
settle
isolate helmo.be
helmo.be restores before
helmo.be amends A email
run 3d
expect ready 1 at helmo.be
expect A records 1 at helmo.be
heal
settle within 20m
expect A records 3 at helmo.be
expect A records 3 at uhasselt.be
expect A fork-of-opener 0 at helmo.be
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
     0.035  helmo.be      > A: kept
     0.040  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.045  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.045  helmo.be      > A: kept, waits for the guard
     1.045  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
    18.025  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
259560.862  helmo.be      . session to node.uhasselt.be opened
259560.867  uhasselt.be   . session from node.helmo.be is live
259560.877  uhasselt.be   . session to node.helmo.be opened
259560.882  helmo.be      ! uhasselt.be holds 1 records of ours that are not here: asked back
259560.882  helmo.be      . session from node.uhasselt.be is live
259560.887  uhasselt.be   ! helmo.be lost records of its own and signed for them: given back
259560.902  helmo.be        uhasselt.be: write guard lifted, both hold the same
259560.907  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
259560.907  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
259560.912  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known (2 times)
