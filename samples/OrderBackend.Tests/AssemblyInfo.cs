// Actor systems starve each other on few cores: this assembly runs serially.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestFramework("EventDrivenActors.TestKit.RepeatingTestFramework", "EventDrivenActors.TestKit")]
