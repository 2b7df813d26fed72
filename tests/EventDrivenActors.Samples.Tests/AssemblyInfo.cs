// The samples start actor systems and processes, which starve each other on few cores: this assembly runs serially.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
