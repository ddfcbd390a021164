/** The page's shapes against the server's own description: this file fails to compile when they part. */
import type { components } from "./schema";
import type {
  ApiError, JobView, Meta, ProjectRow, ProjectView, ProposalRequest, ScoreView, Understood,
} from "./types";

type Schemas = components["schemas"];

/** Compiles only where every reply of the server can be read as the page reads it. */
type Fits<Given extends Read, Read> = Given;

export type Replies = [
  Fits<Schemas["ScoreView"], ScoreView>,
  Fits<Required<Schemas["ProjectView"]>, Omit<ProjectView, "nodes" | "locks" | "proposals">>,
  Fits<Required<Schemas["NodeView"]>, ProjectView["nodes"][number]>,
  Fits<Required<Schemas["CandidateView"]>, ProjectView["proposals"][number]["candidates"][number]>,
  Fits<Required<Schemas["ProjectInfo"]>, ProjectRow>,
  Fits<Required<Schemas["JobView"]>, Omit<JobView, "error">>,
  Fits<Required<Schemas["ErrorView"]>, ApiError>,
  Fits<Schemas["Meta"], Meta>,
  Fits<Schemas["Understood"], Omit<Understood, "brief" | "full">>,
];

export type Requests = [Fits<Pick<ProposalRequest, "task" | "n" | "bars" | "seed">, Partial<Schemas["ProposalRequest"]>>];
