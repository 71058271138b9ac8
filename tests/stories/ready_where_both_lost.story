# What was said in a dossier of which both lost a record waits in sight; nothing is begun anew (found by seed 0x4e9c8aa9fe).
seed 2
nodes ut.ee uni-ulm.de
network delay 100ms loss 39% duplicate 15% reorder 100%
ut.ee backs up
uni-ulm.de backs up
uni-ulm.de nominates D3 to ut.ee
at 10s ut.ee accepts D3
ut.ee restores
at 20001ms uni-ulm.de restores
ut.ee issues D3
all heal
settle within 28m
--
     0.000  uni-ulm.de    > D3: kept, waits for the guard
     1.000  uni-ulm.de      node.ut.ee cannot be reached: kept, tried again by itself
     1.000  ut.ee           node.uni-ulm.de cannot be reached: kept, tried again by itself
     1.417  uni-ulm.de    . session to node.ut.ee opened
     1.517  ut.ee         . session from node.uni-ulm.de is live
     1.617  uni-ulm.de      ut.ee: write guard lifted, both hold the same
     1.717  ut.ee         . session to node.uni-ulm.de opened
     1.817  uni-ulm.de    . session from node.ut.ee is live
     5.917  ut.ee           uni-ulm.de: write guard lifted, both hold the same
     6.117  ut.ee         . records from uni-ulm.de: 1 new, 0 repeated
     6.217  uni-ulm.de    . receipt from ut.ee: 1 delivered, 0 known
    10.000  ut.ee         > D3: kept
    10.100  uni-ulm.de    . records from ut.ee: 1 new, 0 repeated
    10.200  ut.ee         . session to node.uni-ulm.de opened
    10.300  uni-ulm.de    . session from node.ut.ee is live
    13.300  uni-ulm.de      node.ut.ee does not answer: kept, tried again by itself
    14.500  uni-ulm.de      node.ut.ee cannot be reached: kept, tried again by itself
    14.927  uni-ulm.de    . session to node.ut.ee opened
    19.027  ut.ee         . session from node.uni-ulm.de is live
    19.200  ut.ee         ! uni-ulm.de holds 1 records of ours that are not here: asked back
    19.300  uni-ulm.de    ! ut.ee lost records of its own and signed for them: given back
    19.327  uni-ulm.de    ! ut.ee lost 1 records that it had receipted: sent again, as it signed for
    20.001  ut.ee         > D3: kept, waits for the guard
    20.011  uni-ulm.de    . session to node.ut.ee opened
    20.016  ut.ee         . session from node.uni-ulm.de is live
    20.021  uni-ulm.de      ut.ee: write guard lifted, both hold the same
    23.016  ut.ee           node.uni-ulm.de does not answer: kept, tried again by itself
    23.182  ut.ee         . session to node.uni-ulm.de opened
    23.187  uni-ulm.de    . session from node.ut.ee is live
    23.202  ut.ee           uni-ulm.de: write guard lifted, both hold the same
    23.207  uni-ulm.de    . records from ut.ee: 1 new, 0 repeated
    23.212  ut.ee         . receipt from uni-ulm.de: 1 delivered, 0 known
