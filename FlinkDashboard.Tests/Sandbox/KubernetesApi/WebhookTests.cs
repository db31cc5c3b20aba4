using System.Net;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi;

/// <summary>Writes of Flink resources in a cluster where the operator's admission webhook is installed.</summary>
public class WebhookTests : ApiTests
{
    private const string Merge = "application/merge-patch+json";
    private const string Denied = "admission webhook \"validationwebhook.flink.apache.org\" denied the request: ";
    private const string Jobs = "/apis/flink.apache.org/v1beta1/namespaces/default/flinksessionjobs";
    private const string Snapshots = "/apis/flink.apache.org/v1beta1/namespaces/default/flinkstatesnapshots";

    protected override string WorldName => "quiet";

    [Fact]
    public async Task Create_OfABadSpec_IsDeniedInTheValidatorsWords()
    {
        Install();
        var bad = InstalledOperator.Application("orders");
        bad["spec"]!["job"]!["parallelism"] = 0;
        AssertStatus(403, null, Denied + "Job parallelism must be larger than 0", await SendAsync(HttpMethod.Post, Flink, bad));
        AssertStatus(403, null, Denied + "Job parallelism must be larger than 0", await SendAsync(HttpMethod.Post, Flink + "?dryRun=All", bad));
        Assert.Empty(World.Objects.List(ResourceTypes.FlinkDeployments).Items);
        await CreateAsync(Flink, InstalledOperator.Application("orders"));
    }

    [Fact]
    public async Task Update_IsJudgedAgainstWhatIsDeployed()
    {
        Install();
        await CreateAsync(Flink, InstalledOperator.Application("orders"));
        AssertStatus(403, null, Denied + "Checkpoint directory[execution.checkpointing.dir] must be defined for last-state and savepoint upgrade modes",
            await PatchAsync("""{"spec":{"job":{"upgradeMode":"savepoint"}}}"""));
        Assert.Equal(HttpStatusCode.OK, (await PatchAsync("""{"spec":{"restartNonce":1}}""")).Code);
        InstalledOperator.Await(World, () => World.Objects.Get(ResourceTypes.FlinkDeployments, "default", "orders").Read()["status"]?["reconciliationStatus"]?["lastReconciledSpec"] is not null);
        AssertStatus(403, null, Denied + "Cannot switch from job to session cluster", await PatchAsync("""{"spec":{"job":null}}"""));
    }

    [Fact]
    public async Task Status_IsNotJudged()
    {
        Install();
        var bad = InstalledOperator.Application("orders");
        bad["spec"]!["job"]!["parallelism"] = 0;
        World.Objects.Create(ResourceTypes.FlinkDeployments, Placed(bad));
        var (code, body) = await SendAsync(HttpMethod.Patch, $"{Flink}/orders/status", JsonNode.Parse("""{"status":{"error":"x"}}"""), Merge);
        Assert.True(code == HttpStatusCode.OK, body.ToJsonString());
    }

    [Fact]
    public async Task WithoutAConfiguration_NothingIsJudged()
    {
        var bad = InstalledOperator.Application("orders");
        bad["spec"]!["job"]!["parallelism"] = 0;
        await CreateAsync(Flink, bad);
    }

    [Fact]
    public async Task SessionJob_IsLabelledWithItsCluster_AndJudged()
    {
        Install();
        var job = new JsonObject
        {
            ["apiVersion"] = "flink.apache.org/v1beta1",
            ["kind"] = "FlinkSessionJob",
            ["metadata"] = new JsonObject { ["name"] = "adhoc" },
            ["spec"] = new JsonObject { ["deploymentName"] = "session", ["job"] = new JsonObject { ["jarURI"] = "https://example.com/a.jar", ["parallelism"] = 1 } },
        };
        var created = await CreateAsync(Jobs, job.DeepClone().AsObject());
        Assert.Equal("session", (string?)created["metadata"]!["labels"]!["target.session"]);
        job["metadata"]!["name"] = "other";
        job["spec"]!["job"]!["jarURI"] = "ftp://example.com/a.jar";
        AssertStatus(403, null, Denied + "jarURI scheme 'ftp' is not in the allowlist [https, file]", await SendAsync(HttpMethod.Post, Jobs, job));
    }

    [Fact]
    public async Task Snapshot_OfNothing_IsDenied()
    {
        Install();
        AssertStatus(403, null, Denied + "Target for snapshot default/ghost was not found", await SendAsync(HttpMethod.Post, Snapshots, new JsonObject
        {
            ["apiVersion"] = "flink.apache.org/v1beta1",
            ["kind"] = "FlinkStateSnapshot",
            ["metadata"] = new JsonObject { ["name"] = "one" },
            ["spec"] = new JsonObject { ["savepoint"] = new JsonObject(), ["jobReference"] = new JsonObject { ["kind"] = "FlinkDeployment", ["name"] = "ghost" } },
        }));
    }

    [Fact]
    public async Task Canary_IsNotJudged()
    {
        Install();
        var canary = InstalledOperator.Application("canary");
        canary["metadata"]!["labels"] = new JsonObject { ["flink.apache.org/canary"] = "true" };
        canary["spec"]!.AsObject().Remove("serviceAccount");
        await CreateAsync(Flink, canary);
    }

    [Fact]
    public async Task NoReadyPod_FailsTheWrite_UnlessThePolicyIgnores()
    {
        InstalledOperator.AddTo(World);
        const string failure = "failed calling webhook \"mutationwebhook.flink.apache.org\": failed to call webhook: Post \"https://flink-operator-webhook-service.flink-kubernetes-operator-ns.svc:443/mutate?timeout=10s\": no endpoints available for service \"flink-operator-webhook-service\"";
        var answer = await SendAsync(HttpMethod.Post, Flink, InstalledOperator.Application("orders"));
        AssertStatus(500, "InternalError", "Internal error occurred: " + failure, answer);
        Assert.Equal(failure, (string?)answer.Body["details"]!["causes"]![0]!["message"]);
        foreach (var type in (ResourceType[])[ResourceTypes.MutatingWebhookConfigurations, ResourceTypes.ValidatingWebhookConfigurations])
        {
            World.Objects.Update(type, "", "flink-operator-flink-kubernetes-operator-ns-webhook-configuration", o =>
            {
                o["webhooks"]![0]!["failurePolicy"] = "Ignore";
                return o;
            });
        }
        await CreateAsync(Flink, InstalledOperator.Application("orders"));
    }

    [Fact]
    public async Task NamespaceSelector_LeavesOtherNamespacesAlone()
    {
        Install();
        World.Objects.Update(ResourceTypes.ValidatingWebhookConfigurations, "", "flink-operator-flink-kubernetes-operator-ns-webhook-configuration", o =>
        {
            o["webhooks"]![0]!["namespaceSelector"] = JsonNode.Parse("""{"matchExpressions":[{"key":"kubernetes.io/metadata.name","operator":"In","values":["shop"]}]}""");
            return o;
        });
        var bad = InstalledOperator.Application("orders");
        bad["spec"]!["job"]!["parallelism"] = 0;
        await CreateAsync(Flink, bad);
    }

    private void Install()
    {
        InstalledOperator.AddTo(World);
        InstalledOperator.AwaitReady(World);
    }

    private static JsonObject Placed(JsonObject body)
    {
        body["metadata"]!["namespace"] = "default";
        return body;
    }

    private Task<(HttpStatusCode Code, JsonObject Body)> PatchAsync(string patch) => SendAsync(HttpMethod.Patch, Flink + "/orders", JsonNode.Parse(patch), Merge);
}
