// Actor systems starve each other on few cores: this assembly runs serially.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
