using System.Runtime.Versioning;

// Processes starve each other on few cores: this assembly runs serially.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// Mounts, limits and other users are Linux's here.
[assembly: SupportedOSPlatform("linux")]
