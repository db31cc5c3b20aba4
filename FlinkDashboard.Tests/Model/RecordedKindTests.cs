using System.Text;
using System.Text.Json;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Model;

/// <summary>What the real API server sent, through the records.</summary>
public class RecordedKindTests
{
    public static TheoryData<string> Scenarios => Recording.Names;

    [RecordedTheory]
    [MemberData(nameof(Scenarios))]
    public void EveryObject_Parses_AndLosesNoExposedField(string scenario)
    {
        var wrong = Recording.Events(scenario).SelectMany(e => LostOf(e.Resource, e.Object).Select(l => $"{e.Resource} {e.Name} at {e.At}: {l}")).Distinct().Take(20).ToList();
        Assert.Empty(wrong);
    }

    [RecordedTheory]
    [MemberData(nameof(Scenarios))]
    public void EveryFlinkState_IsAKnownWord(string scenario)
    {
        foreach (var e in Recording.Events(scenario).Where(e => e.Resource is "flinkdeployments" or "flinksessionjobs"))
        {
            var status = Parse<FlinkDeployment>(e.Object).Status;
            Assert.True(status.LifecycleState.IsEmpty || LifecycleState.Known.Contains(status.LifecycleState), status.LifecycleState.Text);
            Assert.True(status.JobManagerDeploymentStatus.IsEmpty || JobManagerStatus.Known.Contains(status.JobManagerDeploymentStatus));
            Assert.True(status.JobStatus.State.IsEmpty || JobState.Known.Contains(status.JobStatus.State), status.JobStatus.State.Text);
            Assert.True(status.ReconciliationStatus.State.IsEmpty || ReconciliationState.Known.Contains(status.ReconciliationStatus.State));
        }
    }

    internal static T Parse<T>(JsonElement json) where T : class, IKubernetesObject<T> => KindParsing.Parse<T>(Encoding.UTF8.GetBytes(json.GetRawText()));

    private static IEnumerable<string> LostOf(string resource, JsonElement json) => resource switch
    {
        "flinkdeployments" => Lost<FlinkDeployment>(json),
        "flinksessionjobs" => Lost<FlinkSessionJob>(json),
        "flinkstatesnapshots" => Lost<FlinkStateSnapshot>(json),
        "flinkbluegreendeployments" => Lost<FlinkBlueGreenDeployment>(json),
        "pods" => Lost<Pod>(json),
        "deployments" => Lost<Deployment>(json),
        "replicasets" => Lost<ReplicaSet>(json),
        "services" => Lost<Service>(json),
        "endpoints" => Lost<Endpoints>(json),
        "configmaps" => Lost<ConfigMap>(json),
        "events" => Lost<CoreEvent>(json),
        "nodes" => Lost<Node>(json),
        "resourcequotas" => Lost<ResourceQuota>(json),
        _ => [],
    };

    private static IEnumerable<string> Lost<T>(JsonElement json) where T : class, IKubernetesObject<T> => ExposedFields.Lost(json, Parse<T>(json), T.Info.Item);
}
