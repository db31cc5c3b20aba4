using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>How a JobManager was told to start.</summary>
/// <param name="IsNative">It makes its own TaskManagers.</param>
/// <param name="Application">The application it runs; null for a session cluster.</param>
internal sealed record ClusterStart(bool IsNative, ApplicationStart? Application)
{
    /// <summary>From the configuration (native) or the container's arguments (standalone).</summary>
    public static ClusterStart Read(IReadOnlyDictionary<string, string> settings, IReadOnlyList<string> arguments, string image)
    {
        var native = arguments.Any(a => a.Contains("kubernetes-jobmanager.sh", StringComparison.Ordinal));
        if (native && arguments.Any(a => a.Contains("kubernetes-session", StringComparison.Ordinal)) || arguments is ["jobmanager", ..])
            return new ClusterStart(native, null);
        var application = new ApplicationStart(settings.Text("pipeline.jars", "pipeline.classpaths")?.Split(';')[0] ?? "", image)
        {
            JobId = settings.Text("$internal.pipeline.job-id", "internal.pipeline.job-id"),
            EntryClass = settings.Text("$internal.application.main", "internal.application.main"),
            Arguments = SettingList.Read(settings.Text("$internal.application.program-args", "internal.application.program-args")),
            SavepointPath = settings.Text("execution.savepoint.path", "execution.state-recovery.path"),
            AllowNonRestored = settings.Flag("execution.savepoint.ignore-unclaimed-state") || settings.Flag("execution.state-recovery.ignore-unclaimed-state"),
        };
        return new ClusterStart(native, native ? application : Standalone(application, arguments));
    }

    // standalone-job [--job-classname C] [--fromSavepoint P] [--allowNonRestoredState] [--host H] arguments of the program
    private static ApplicationStart Standalone(ApplicationStart application, IReadOnlyList<string> arguments)
    {
        var rest = new List<string>();
        for (var i = 1; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--job-classname" or "--fromSavepoint" or "--host" or "--job-id" when i + 1 < arguments.Count:
                    var value = arguments[++i];
                    application = arguments[i - 1] switch
                    {
                        "--job-classname" => application with { EntryClass = value },
                        "--fromSavepoint" => application with { SavepointPath = value },
                        "--job-id" => application with { JobId = value },
                        _ => application,
                    };
                    break;
                case "--allowNonRestoredState":
                    application = application with { AllowNonRestored = true };
                    break;
                default:
                    rest.Add(arguments[i]);
                    break;
            }
        }
        return rest.Count > 0 ? application with { Arguments = rest } : application;
    }
}

/// <summary>The job of an application cluster.</summary>
/// <param name="JarUri">Its jar.</param>
/// <param name="Image">Image it runs in.</param>
internal sealed record ApplicationStart(string JarUri, string Image)
{
    public string? JobId { get; init; }

    public string? EntryClass { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public string? SavepointPath { get; init; }

    public bool AllowNonRestored { get; init; }
}
