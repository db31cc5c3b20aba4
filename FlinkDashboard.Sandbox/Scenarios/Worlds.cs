using FlinkDashboard.Sandbox.Behaviours.Operator;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>The named starting worlds.</summary>
public static class Worlds
{
    private const string Recorded = "recording:";

    /// <summary>Builds a world, its behaviours started.</summary>
    /// <exception cref="ArgumentException">No world has that name; the message lists those there are.</exception>
    public static SandboxWorld Build(SandboxOptions options)
    {
        var start = options.Start ?? options.Time.GetUtcNow();
        var world = new SandboxWorld(start - AgeOf(options.World), options.Seed, 0, options.Time,
            options.Failed ?? (e => Console.Error.WriteLine(e)));
        switch (options.World)
        {
            case "empty":
                Platform.AddTo(world);
                break;
            case "quiet":
                Platform.AddTo(world);
                CoreNodes.Add(world, "ip-10-1-16-21.us-west-2.compute.internal", "m5.2xlarge", "us-west-2a", TimeSpan.FromHours(1));
                Platform.Run(world, new OperatorOptions());
                break;
            case "busy":
                world.IsEmr = true;
                Platform.AddTo(world);
                BusyWorld.AddTo(world);
                break;
            case "failing":
                Platform.AddTo(world);
                FailingWorld.AddTo(world);
                break;
            case "thousand":
                Platform.AddTo(world);
                ThousandWorld.AddTo(world);
                break;
            case { } name when name.StartsWith(Recorded, StringComparison.Ordinal):
                Platform.AddTo(world);
                RecordingWorld.AddTo(world, name[Recorded.Length..]);
                break;
            default:
                throw new ArgumentException($"There is no world \"{options.World}\". Worlds: empty, quiet, busy, failing, thousand, recording:FOLDER.", nameof(options));
        }
        DefaultAccess.AddTo(world.Objects);
        world.Clock.Speed = options.Speed;
        return world;
    }

    // Worlds that live through their past begin with it.
    private static TimeSpan AgeOf(string world) => world switch
    {
        "busy" => BusyWorld.Age,
        "failing" => FailingWorld.Age,
        _ => TimeSpan.Zero,
    };
}
