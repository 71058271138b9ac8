# A copy from before a record is put back while the clock is days behind, so that no key of the host is in
# force: it cannot sign for what it lost. Once the clock is right it is asked again, and signs.
seed 3
nodes helmo.be upjs.sk
network loss 12% duplicate 26%
upjs.sk nominates D5 to helmo.be
helmo.be backs up
at 5s helmo.be restores
at 9999ms helmo.be clock -2d
at 14999ms all heal
settle within 28m
expect D5 pending at both
--
     0.000  upjs.sk       > D5: kept, waits for the guard
     0.010  upjs.sk       . session to node.helmo.be opened
     0.010  helmo.be      . session to node.upjs.sk opened
     0.015  helmo.be      . session from node.upjs.sk is live
     0.020  upjs.sk       . session from node.helmo.be is live
     2.020  helmo.be        upjs.sk: write guard lifted, both hold the same
     2.020  upjs.sk         helmo.be: write guard lifted, both hold the same
     3.035  helmo.be      . records from upjs.sk: 1 new, 0 repeated
     3.040  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
     5.010  helmo.be      . session to node.upjs.sk opened
     5.015  upjs.sk       . session from node.helmo.be is live
     5.020  helmo.be        upjs.sk: write guard lifted, both hold the same
     6.015  upjs.sk         node.helmo.be cannot be reached: kept, tried again by itself
     8.501  upjs.sk       . session to node.helmo.be opened
     8.506  helmo.be      . session from node.upjs.sk is live
     9.999  helmo.be      ! no key of helmo.be is in force at this node's time: nothing is signed for it
    10.521  upjs.sk       ! helmo.be lost 1 records that it had receipted: they wait for its signed request
   310.541  upjs.sk       ! helmo.be lost 1 records that it had receipted: sent again, as it signed for
   310.546  helmo.be      . records from upjs.sk: 1 new, 0 repeated
   310.551  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
